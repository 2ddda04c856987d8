import { type ReactNode, useState } from 'react'

/** One column: its heading, and its content for a row. */
export type Column<Item> = {
  name: string
  cell: (item: Item) => ReactNode
  isNumber?: boolean
  /** The sort key: numbers start with the largest, texts with the first. */
  sortBy?: (item: Item) => number | string
}

type Order = { name: string; isDescending: boolean }

/** A table; on small screens a row becomes a card that labels every value with its column's name. */
export function DataTable<Item>(props: {
  caption: string
  columns: readonly Column<Item>[]
  items: readonly Item[]
  keyOf: (item: Item) => string
  empty: string
}) {
  const { caption, columns, items, keyOf, empty } = props
  const [order, setOrder] = useState<Order | null>(null)
  if (items.length === 0) return <p className="text-muted">{empty}</p>
  const isSortable = columns.some(({ sortBy }) => sortBy)
  return (
    <table aria-label={caption} className="w-full text-sm max-lg:block">
      <thead
        className={`text-left text-[0.8125rem] text-muted ${isSortable ? 'max-lg:block' : 'max-lg:sr-only'}`}
      >
        <tr className="border-b border-line max-lg:flex max-lg:flex-wrap">
          {columns.map((column) => (
            <Heading key={column.name} column={column} order={order} onOrder={setOrder} />
          ))}
        </tr>
      </thead>
      <tbody className="max-lg:block">
        {sorted(items, columns, order).map((item) => (
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

/** A column's name; for a sortable one, a button that shows the current order. */
function Heading<Item>(props: {
  column: Column<Item>
  order: Order | null
  onOrder: (order: Order) => void
}) {
  const { column, order, onOrder } = props
  const { name, isNumber, sortBy } = column
  const isDescending = order?.name === name ? order.isDescending : null
  const style = `py-2 pr-4 font-medium ${isNumber ? 'text-right' : ''}`
  if (!sortBy) {
    return (
      <th scope="col" className={style}>
        {name}
      </th>
    )
  }
  return (
    <th
      scope="col"
      aria-sort={isDescending === null ? 'none' : isDescending ? 'descending' : 'ascending'}
      className={style}
    >
      <button
        type="button"
        className="min-h-6 cursor-pointer rounded-control font-medium underline-offset-4 hover:underline"
        onClick={() =>
          onOrder({ name, isDescending: isDescending === null ? isNumber === true : !isDescending })
        }
      >
        {name}
        <span aria-hidden="true">{isDescending === null ? '' : isDescending ? ' ↓' : ' ↑'}</span>
      </button>
    </th>
  )
}

function sorted<Item>(
  items: readonly Item[],
  columns: readonly Column<Item>[],
  order: Order | null,
): readonly Item[] {
  const sortBy = columns.find(({ name }) => name === order?.name)?.sortBy
  if (!order || !sortBy) return items
  return items.toSorted((one, other) => {
    const [left, right] = order.isDescending ? [other, one] : [one, other]
    const [first, second] = [sortBy(left), sortBy(right)]
    return first < second ? -1 : first > second ? 1 : 0
  })
}
