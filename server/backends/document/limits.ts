/** Largest picture that a page or an image on it may become, in pixels. */
export const MAX_PIXELS = 100_000_000;
