import type { BigIntStats } from 'node:fs';

/** Of a file as it is: device, inode, size, time of change. */
export function identityOf({ dev, ino, size, mtimeNs }: Pick<BigIntStats, 'dev' | 'ino' | 'size' | 'mtimeNs'>): string {
	return `${dev}:${ino}:${size}:${mtimeNs}`;
}
