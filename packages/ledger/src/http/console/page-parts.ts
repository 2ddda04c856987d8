import { html } from 'hono/html'
import { instantText } from '../../operator/instant-text.ts'
import type { Html } from '../page-layout.ts'

/** A number with thousands separators. */
export function figure(amount: number): string {
  return new Intl.NumberFormat('en-US').format(amount)
}

/** An instant as a machine-readable element. */
export function when(at: number): Html {
  return html`<time class="when" datetime="${new Date(at).toISOString()}">${instantText(at)}</time>`
}

/** The colour of a tag. */
export type Tone = 'good' | 'bad' | 'warn' | 'plain'

/** A status as a tag; the colour only repeats what the word says. */
export function tag(text: string, tone: Tone): Html {
  return html`<span class="tag ${tone}">${text.replaceAll('_', ' ')}</span>`
}

/** A column of a table; a `name` column is the row's header. */
export type Column = string | { text: string; kind: 'number' | 'name' | 'id' }

/**
 * A table, or the `empty` text. On narrow screens a row becomes a card with each cell's column beside it; the roles are
 * explicit because a changed `display` removes them.
 */
export function table(options: {
  label: string
  columns: readonly Column[]
  rows: readonly (readonly Cell[])[]
  empty: string
}): Html {
  const { label, columns, rows, empty } = options
  if (rows.length === 0) return html`<p class="empty">${empty}</p>`
  return html`<table role="table" aria-label="${label}">
    <thead role="rowgroup">
      <tr role="row">
        ${columns.map(
          (column) =>
            html`<th scope="col" role="columnheader" class="${kindOf(column)}">
              ${textOf(column)}
            </th>`,
        )}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${rows.map(
        (cells) =>
          html`<tr role="row">
            ${columns.map((column, index) => cell(column, cells[index]))}
          </tr>`,
      )}
    </tbody>
  </table>`
}

type Cell = Html | string | null

function cell(column: Column, content: Cell | undefined): Html {
  const kind = kindOf(column)
  if (kind === 'name') return html`<th scope="row" role="rowheader">${content}</th>`
  return html`<td role="cell" class="${kind}" data-label="${textOf(column)}">
    <div>${content}</div>
  </td>`
}

function kindOf(column: Column): string {
  return typeof column === 'string' ? '' : column.kind
}

function textOf(column: Column): string {
  return typeof column === 'string' ? column : column.text
}

/** A bar that shows how much is used, also to screen readers. */
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

/** A labelled drop-down list. */
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
