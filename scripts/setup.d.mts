// Types of setup.mjs for the TypeScript that uses it.
export const root: string
export const nodeFlags: string[]
export function nodeEnvironment(): NodeJS.ProcessEnv
export function ensureInstalled(): Promise<void>
export function pinnedNode(): string
export function runPinned(command: string[], cwd?: string): Promise<void>
