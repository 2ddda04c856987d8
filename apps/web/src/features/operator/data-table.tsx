import type { ReactNode } from 'react'

/** One column: its heading, and what a row shows in it. */
export type Column<Item> = {
  name: string
  cell: (item: Item) => ReactNode
  isNumber?: boolean
}

/** A table; on small screens a row becomes a card, in which every value has its column's name beside it. */
export function DataTable<Item>(props: {
  caption: string
  columns: readonly Column<Item>[]
  items: readonly Item[]
  keyOf: (item: Item) => string
  empty: string
}) {
  const { caption, columns, items, keyOf, empty } = props
  if (items.length === 0) return <p className="text-muted">{empty}</p>
  return (
    <table aria-label={caption} className="w-full text-sm max-lg:block">
      <thead className="text-left text-[0.8125rem] text-muted max-lg:sr-only">
        <tr className="border-b border-line">
          {columns.map(({ name, isNumber }) => (
            <th
              key={name}
              scope="col"
              className={`py-2 pr-4 font-medium ${isNumber ? 'text-right' : ''}`}
            >
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="max-lg:block">
        {items.map((item) => (
          <tr
            key={keyOf(item)}

            className="border-b border-line align-top last:border-0 max-lg:grid max-lg:gap-1 max-lg:py-3"
          >
            {columns.map(({ name, cell, isNumber }) => (
              <td
                key={name}

                className={`min-w-0 py-2 pr-4 [overflow-wrap:anywhere] max-lg:grid max-lg:grid-cols-[7rem_minmax(0,1fr)] max-lg:gap-3 max-lg:py-0.5 max-lg:pr-0 ${isNumber ? 'tabular-nums lg:text-right' : ''}`}
              >
                <span aria-hidden="true" className="text-muted lg:hidden">
                  {name}
                </span>
                <span className="min-w-0">{cell(item)}</span>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
