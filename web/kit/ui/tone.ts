// The tones of a state; each has a mark besides its colour, so that colour is never all there is.

export type Tone = 'plain' | 'good' | 'soon' | 'bad' | 'honour' | 'off'

export const markOf: Record<Tone, string> = { plain: '', good: '✓', soon: '◷', bad: '!', honour: '★', off: '–' }
