import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
	root: 'client',
	plugins: [react()],
	build: { outDir: '../dist/client', emptyOutDir: true, target: 'es2023', cssTarget: ['chrome125', 'firefox128', 'safari18'], chunkSizeWarningLimit: 1500 },
	test: {
		root: '.',
		include: ['tests/**/*.test.ts'],
		globalSetup: ['tests/setup.ts'],
		environment: 'node',
		pool: 'forks',
		maxWorkers: 2,
		testTimeout: 60_000,
		hookTimeout: 120_000,
		// As long as a busy machine may take.
		expect: { poll: { timeout: 15_000 } },
	},
});
