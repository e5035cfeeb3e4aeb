/** The user's files that the server knows, and those on their way. */
import { create } from 'zustand';
import type { Input } from '../../server/http/api.ts';
import { api } from './api.ts';
import { notifyError } from './explain-error.ts';

interface Inputs {
	readonly known: Readonly<Record<string, Input>>;
	/** Names of files that are being sent. */
	readonly sending: readonly string[];
}

export const useInputs = create<Inputs>(() => ({ known: {}, sending: [] }));

export function remember(input: Input): void {
	useInputs.setState(({ known }) => ({ known: { ...known, [input.id]: input } }));
}

/** Sends a file to the server; null (and a notice) when it can't be read. */
export async function sendFile(file: File): Promise<Input | null> {
	return sending(file.name, () => api.addInput(file));
}

export async function sendText(name: string, text: string): Promise<Input | null> {
	return sending(name, () => api.addText(name, text));
}

async function sending(name: string, send: () => Promise<Input>): Promise<Input | null> {
	useInputs.setState(({ sending }) => ({ sending: [...sending, name] }));
	try {
		const input = await send();
		remember(input);
		return input;
	} catch (error) {
		notifyError(error);
		return null;
	} finally {
		useInputs.setState(({ sending }) => ({ sending: sending.filter((one, i) => i !== sending.indexOf(name) || one !== name) }));
	}
}

/** Asks for files that a draft names; those that are gone are left out. */
export async function recall(ids: readonly string[]): Promise<void> {
	await Promise.all([...new Set(ids)].filter((id) => useInputs.getState().known[id] === undefined).map((id) => api.input(id).then(remember, () => undefined)));
}
