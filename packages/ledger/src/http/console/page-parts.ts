import { html } from 'hono/html'
import type { Html } from '../page-layout.ts'

/** A number as people read it. */
export function figure(amount: number): string {
  return new Intl.NumberFormat('en-US').format(amount)
}

/** An instant in UTC, to the minute. */
export function instantText(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

/** An instant as a machine-readable element. */
export function when(at: number): Html {
  return html`<time class="when" datetime="${new Date(at).toISOString()}">${instantText(at)}</time>`
}

/** How good a state is. */
export type Tone = 'good' | 'bad' | 'warn' | 'plain'

/** A state in a word; the word says it, the colour only repeats it. */
export function tag(text: string, tone: Tone): Html {
  return html`<span class="tag ${tone}">${text.replaceAll('_', ' ')}</span>`
}

/** A table that scrolls by itself where it does not fit; says so when it has no rows. */
export function table(options: {
  label: string
  head: readonly (string | { text: string; number: true })[]
  rows: readonly Html[]
  empty: string
}): Html {
  const { label, head, rows, empty } = options
  if (rows.length === 0) return html`<p class="empty">${empty}</p>`
  return html`<div class="scroll" role="region" aria-label="${label}" tabindex="0">
    <table>
      <thead>
        <tr>
          ${head.map((cell) =>
            typeof cell === 'string'
              ? html`<th scope="col">${cell}</th>`
              : html`<th scope="col" class="number">${cell.text}</th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`
}

/** A bar that says how much is left, also to a screen reader. */
export function meterBar(options: { label: string; value: number; max: number; text: string }) {
  const value = Math.min(Math.max(options.value, 0), options.max)
  const share = options.max > 0 ? (value / options.max) * 100 : 0
  return html`<div
    class="track"
    role="meter"
    aria-label="${options.label}"
    aria-valuemin="0"
    aria-valuemax="${options.max}"
    aria-valuenow="${value}"
    aria-valuetext="${options.text}"
  >
    <span style="width:${share.toFixed(1)}%"></span>
  </div>`
}

/** A list to choose from. */
export function select(options: {
  label: string
  name: string
  choices: readonly { value: string; text: string }[]
  chosen?: string
}): Html {
  const { label, name, choices, chosen } = options
  return html`<label
    >${label}
    <select name="${name}">
      ${choices.map(
        ({ value, text }) =>
          html`<option value="${value}" ${value === chosen ? 'selected' : ''}>${text}</option>`,
      )}
    </select>
  </label>`
}
