// Stands for node:test while mutants are tried: tests are collected, and run by the worker one after the other until one fails.

export interface Collected {
  name: string
  run: () => unknown
}

export const collected: Collected[] = []

/** Takes a test without running it. */
export function test(name: string, run: () => unknown): void {
  collected.push({ name, run })
}
