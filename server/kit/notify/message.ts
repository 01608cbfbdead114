// A few words for one person, on their way out of the house.

/** What leaves the house: nothing personal but for whom it is. */
export interface Message {
  /** The same for the same message, so that whoever takes it can drop a second one. */
  id: string
  /** The login of the account that it is for. */
  login: string
  subject: string
  text: string
  /** Where the thing is done, after signing in. */
  link: string
}

/** Surely nobody has taken the message: it may be tried again. Any other error leaves that open, and it isn't. */
export class NotTaken extends Error {}
