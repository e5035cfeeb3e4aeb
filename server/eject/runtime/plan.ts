/** What a script tells its runtime about itself. */
import type { Metadata } from '../../../nodes/define.ts';

export type Fact = string | number | boolean | null;
export type Facts = Readonly<Record<string, Fact>>;

/** A file of the user's as the groups get it. */
export interface SourceValue {
	readonly path: string;
	readonly name: string;
	readonly stem: string;
	readonly metadata: object;
	readonly select?: string;
	readonly readable?: string;
}
export interface MadeValue {
	readonly path?: string;
	readonly metadata?: Metadata;
}

/** How the table at a source is read. */
export interface ScriptTable {
	readonly select: readonly string[];
	readonly encoding: string;
	readonly header: string | null;
	readonly metadata: object;
}

export interface ScriptResult {
	readonly node: string;
	/** Null: an answer, which is printed. */
	readonly template: string | null;
	readonly extension: string;
	readonly many: boolean;
	readonly values: readonly MadeValue[];
	readonly stem: (index: number) => string;
}

export type Sources = Readonly<Record<string, readonly SourceValue[]>>;

/** A way to do it, for inputs of one sort. */
export interface Variant {
	/** Facts by input, as this way needs them; `even`: any even number. */
	readonly fits: Readonly<Record<string, Readonly<Record<string, Fact | 'even'>>>>;
	readonly tables: Readonly<Record<string, ScriptTable>>;
	readonly convert: (sources: Sources, folder: () => string) => Promise<readonly ScriptResult[]>;
}

export interface ScriptPlan {
	readonly usage: string;
	readonly sources: readonly {
		readonly id: string;
		readonly names: readonly string[];
		readonly kind: string;
		/** What a group is told of a file: its kind, and that it is a file of the user's. */
		readonly metadata: object;
		readonly many: boolean;
		readonly endings: RegExp | null;
	}[];
	readonly programs: readonly string[];
	/** By kind; only where a variant asks. */
	readonly facts: Readonly<Record<string, (path: string, name: string) => Promise<Facts>>>;
	readonly variants: readonly Variant[];
}
