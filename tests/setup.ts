import { makeFixtures } from './fixtures/make.ts';

/** Makes the fixtures once, before any test file starts. */
export default async function setup(): Promise<void> {
	await makeFixtures();
}
