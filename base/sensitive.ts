// Marks in contracts: which fields of a reply are personal, and what becomes of them where they aren't to be seen. They stand in the
// schema itself (`x-class`, `x-form`, `x-shown`, `x-body`), so that OpenAPI shows them and the server masks along them.
import type { TSchema } from 'typebox'

/** What is told of a person by a field. The pack's privacy.yaml says in words what belongs to each. */
export type SensitiveClass = 'membership' | 'vote' | 'mark' | 'complaint' | 'phone'

/** What is left of a value: a name's first character, a number's two ends, or null, for which the schema must have room. */
export type MaskForm = 'name' | 'phone' | 'hidden'

/** Why a field about a person is open to whoever gets the reply. modules/access/privacy/README.md says what each means. */
export type WhyShown = 'duty' | 'own' | 'roll' | 'record' | 'reference'

/** A field that is masked in replies, unless the reader has unmasked the class for the body that the row belongs to. */
export function sensitive<T extends TSchema>(sensitiveClass: SensitiveClass, form: MaskForm, schema: T): T {
  return { ...schema, 'x-class': sensitiveClass, 'x-form': form }
}

/** A field about a person that is not masked: decided, and why. */
export function shown<T extends TSchema>(why: WhyShown, schema: T): T {
  return { ...schema, 'x-shown': why }
}

/** Options of an object: the way (`partyOrg.id`) to the id of the unit or Party organisation that its personal fields belong to. */
export function ofBody(path: string): { 'x-body': string } {
  return { 'x-body': path }
}

/** 王** · 138****1234 · null. Wholly masked, no character is left. */
export function masked(form: MaskForm, value: string, degree: 'partly' | 'wholly'): string | null {
  if (form === 'hidden') return null
  if (degree === 'wholly' || value === '') return '***'
  return form === 'name' ? `${[...value][0]}**` : `${value.slice(0, 3)}****${value.length >= 11 ? value.slice(-4) : ''}`
}
