// What marks are given for, in the pack's words: rubrics name an item by its id, people by its name.
import { partOf } from '#server/kit/pack.ts'
import type { Tenant } from '#server/kit/tenant.ts'
import { recordsPack } from '../ledger.pack.ts'

/** The name of an item; what the pack doesn't name is called as it is. */
export function nameOfItem(tenant: Tenant, item: string): string {
  return partOf(tenant, recordsPack).marks.find(({ id }) => id === item)?.name ?? item
}

/** The item that somebody writes, by its name or its id. */
export function itemNamed(tenant: Tenant, written: string): string {
  return partOf(tenant, recordsPack).marks.find(({ name }) => name === written)?.id ?? written
}

/** Ids of the items whose names hold the text. */
export function itemsHolding(tenant: Tenant, text: string): string[] {
  return partOf(tenant, recordsPack).marks.flatMap(({ id, name }) => (text !== '' && name.includes(text) ? [id] : []))
}
