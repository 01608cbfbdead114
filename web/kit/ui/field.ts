// What the inputs of the kit have in common.

/** Given by Field to the control it labels. */
export interface ControlIds {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
  'aria-required': true | undefined
}

/** Properties of every input. */
export interface FieldProps {
  label: string
  hint?: string | undefined
  error?: string | undefined
  required?: boolean | undefined
}

/** A thing to choose: its id, its name, and what tells it from others of the same name. */
export interface Option {
  id: string
  label: string
  detail?: string | undefined
}
