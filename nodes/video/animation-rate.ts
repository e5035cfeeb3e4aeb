/**
 * Constant frames a second in which every frame keeps its duration. Where the mean is a whole number of the format's ticks
 * all frames are taken to last equally long; otherwise the rate is high enough for the shortest that are usual.
 */
export function animationRate(frames: number, duration: number, format: string | null): number {
	if (duration <= 0) return 10;
	const mean = duration / frames;
	const tick = format === 'gif' ? 0.01 : 0.001;
	const ticks = mean / tick;
	const rate = 1 / mean;
	if (Math.abs(ticks - Math.round(ticks)) < 1e-6) return rate;
	/* 33, 33, 34 ms … are somebody's 30 frames a second. */
	const whole = Math.round(rate);
	if (whole >= 12 && Math.abs(rate - whole) / whole < 0.012) return whole;
	return rate <= 12.5 ? 25 : 50;
}
