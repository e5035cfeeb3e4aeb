/**
 * Which model to ask, where, and with which key. The environment goes before the settings file.
 * The key stays in this object and in the request's header: it is never logged, saved in a recipe or put into an error.
 */
import { randomBytes } from 'node:crypto';
import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { RunError } from '../../../nodes/problems.ts';

export const DEFAULT_MODEL = 'gpt-4.1';
export const VENDOR_URL = 'https://api.openai.com/v1';

export interface ModelConfig {
	/** null: none is set. Servers on the own machine need none. */
	readonly key: string | null;
	/** null: the vendor's own. */
	readonly baseUrl: string | null;
	readonly model: string;
	/** Seconds for one answer; 300 unless told. */
	readonly timeout?: number;
	/** Seconds without a sign of life; 90 unless told. */
	readonly idle?: number;
	/** Most tokens of one answer; 16,384 unless told. */
	readonly maxTokens?: number;
}

const settingsSchema = z.object({ key: z.string().nullish(), baseUrl: z.string().nullish(), model: z.string().nullish() });

export type ModelSettings = z.output<typeof settingsSchema>;

/** The configuration in force. @param home Millwright's home folder; null: only the environment counts. */
export function modelConfig(environment: Readonly<Record<string, string | undefined>>, home: string | null): ModelConfig {
	const saved: ModelSettings = home === null ? {} : readModelSettings(home);
	return {
		key: filled(environment.OPENAI_API_KEY) ?? filled(saved.key),
		baseUrl: filled(environment.OPENAI_BASE_URL) ?? filled(saved.baseUrl),
		model: filled(environment.MILLWRIGHT_MODEL) ?? filled(saved.model) ?? DEFAULT_MODEL,
	};
}

/** Whether `--planner auto` means the model: a key or a base URL is set. */
export function isConfigured(config: ModelConfig): boolean {
	return config.key !== null || config.baseUrl !== null;
}

/** Where the settings are kept. */
export function modelSettingsPath(home: string): string {
	return join(home, 'model.json');
}

/**
 * Reads the settings file; nothing when there is none. A file that others may read is closed to them first.
 * @throws RunError `model.settings-unreadable`.
 */
export function readModelSettings(home: string): ModelSettings {
	const path = modelSettingsPath(home);
	try {
		const mode = statSync(path, { throwIfNoEntry: false })?.mode;
		if (mode === undefined) return {};
		if (process.platform !== 'win32' && (mode & 0o077) !== 0) chmodSync(path, 0o600);
		return settingsSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
	} catch (error) {
		// The reason of a JSON error quotes the text around the mistake, and that may be the key.
		const reason = error instanceof SyntaxError || error instanceof z.ZodError ? 'it is not valid JSON with key, baseUrl and model' : String(codeOf(error));
		throw new RunError('model.settings-unreadable', { path, reason });
	}
}

/** Saves the settings so that only this user can read them. What is `undefined` stays as it was; `null` removes it. */
export function writeModelSettings(home: string, change: ModelSettings): void {
	const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
	const settings = Object.fromEntries(Object.entries({ ...readModelSettings(home), ...given }).filter(([, value]) => value !== null && value !== ''));
	mkdirSync(home, { recursive: true, mode: 0o700 });
	const draft = `${modelSettingsPath(home)}.${randomBytes(6).toString('hex')}`;
	try {
		const handle = openSync(draft, 'wx', 0o600);
		try {
			writeSync(handle, `${JSON.stringify(settings, null, 2)}\n`);
			fsyncSync(handle);
		} finally {
			closeSync(handle);
		}
		renameSync(draft, modelSettingsPath(home));
	} finally {
		rmSync(draft, { force: true });
	}
}

/** The host that will be asked, for people; without credentials. */
export function hostOf(config: ModelConfig): string {
	const url = config.baseUrl ?? VENDOR_URL;
	return URL.canParse(url) ? new URL(url).host : 'OPENAI_BASE_URL';
}

/** Whether this is OpenAI itself, so that fields that only it knows may be sent. */
export function isVendor(config: ModelConfig): boolean {
	return hostOf(config) === 'api.openai.com';
}

function filled(text: string | null | undefined): string | null {
	const trimmed = text?.trim();
	return trimmed === undefined || trimmed === '' ? null : trimmed;
}

function codeOf(error: unknown): unknown {
	return error instanceof Error && 'code' in error ? error.code : 'unknown';
}
