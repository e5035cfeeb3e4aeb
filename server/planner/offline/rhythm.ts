/** Words before a length of time that make it a rhythm: "one frame every 2 seconds". */
export const EVERY = /(?:every|each|per|once in|every other)\s*$|每隔?\s*$/;
