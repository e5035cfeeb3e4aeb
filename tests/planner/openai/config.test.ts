import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isConfigured, modelConfig, modelSettingsPath, readModelSettings, writeModelSettings } from '../../../server/planner/openai/config.ts';
import { costOf } from '../../../server/planner/openai/prices.ts';
import { KEY } from './script.ts';

let home: string;
beforeEach(() => {
	home = mkdtempSync(join(tmpdir(), 'model-settings-'));
});
afterEach(() => rmSync(home, { recursive: true }));

describe('the settings file', () => {
	it('can be read by its owner only', () => {
		writeModelSettings(home, { key: KEY, model: 'gpt-4o' });
		expect(statSync(modelSettingsPath(home)).mode & 0o777).toBe(0o600);
		expect(readdirSync(home)).toHaveLength(1);
		expect(readModelSettings(home)).toEqual({ key: KEY, model: 'gpt-4o' });
	});

	it('is closed to others when it was open', () => {
		writeModelSettings(home, { key: KEY });
		chmodSync(modelSettingsPath(home), 0o644);
		readModelSettings(home);
		expect(statSync(modelSettingsPath(home)).mode & 0o777).toBe(0o600);
	});

	it('keeps what a change does not speak of, and forgets what is set to null', () => {
		writeModelSettings(home, { key: KEY, model: 'gpt-4o' });
		writeModelSettings(home, { baseUrl: 'http://127.0.0.1:1/v1', key: undefined });
		writeModelSettings(home, { model: null });
		expect(readModelSettings(home)).toEqual({ key: KEY, baseUrl: 'http://127.0.0.1:1/v1' });
	});

	it('that is broken is reported without what stands in it', () => {
		writeFileSync(modelSettingsPath(home), `{"key": "${KEY}" oops`);
		expect(() => readModelSettings(home)).toThrow(/model\.json can not be read/);
		try {
			readModelSettings(home);
		} catch (error) {
			expect(String(error)).not.toContain(KEY);
		}
		expect(readFileSync(modelSettingsPath(home), 'utf8')).toContain('oops');
	});
});

describe('the configuration', () => {
	it('takes the environment before the file, and gpt-4.1 when nothing is said', () => {
		expect(modelConfig({}, home)).toEqual({ key: null, baseUrl: null, model: 'gpt-4.1' });
		writeModelSettings(home, { key: 'from-file', model: 'gpt-4o' });
		expect(modelConfig({ OPENAI_API_KEY: KEY, OPENAI_BASE_URL: ' ' }, home)).toEqual({ key: KEY, baseUrl: null, model: 'gpt-4o' });
		expect(modelConfig({ MILLWRIGHT_MODEL: 'llama3', OPENAI_BASE_URL: 'http://127.0.0.1:11434/v1' }, home)).toMatchObject({
			model: 'llama3',
			key: 'from-file',
		});
	});

	it('is complete with a key or a base URL', () => {
		expect(isConfigured({ key: null, baseUrl: null, model: 'x' })).toBe(false);
		expect(isConfigured({ key: null, baseUrl: 'http://127.0.0.1/v1', model: 'x' })).toBe(true);
	});
});

it('prices dated names like their family, and invents none', () => {
	const tokens = { prompt: 1_000_000, cached: 0, completion: 0 };
	expect(costOf('gpt-4.1-2025-04-14', tokens)).toBe(2);
	expect(costOf('toString', tokens)).toBeNull();
});
