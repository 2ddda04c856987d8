import type { UseOfDay } from '@tollgate/api'
import { Card } from '../../components/card.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { addUpUse, keyOfUse, totalUse, type UseInAll } from './add-up-use.ts'
import { DataTable } from './data-table.tsx'
import { dollars } from './money.ts'

/** Use per procedure and model with cost and margin, and how much of it is unknown. */
export function UseTable({ used }: { used: readonly UseOfDay[] }) {
  const { f } = useCopy()
  const lines = addUpUse(used)
  return (
    <Card
      title="Used, cost and margin"
      lead="Cost is what was stored with each call. The value of credits is the price of the cheapest top-up."
    >
      <DataTable
        caption="Used, cost and margin"
        empty="Nothing was used."
        items={lines}
        keyOf={keyOfUse}
        columns={[
          {
            name: 'Procedure',
            cell: ({ procedure }) => procedure,
            sortBy: ({ procedure }) => procedure,
          },
          { name: 'Model', cell: ({ model }) => model ?? '–', sortBy: ({ model }) => model ?? '' },
          {
            name: 'Charged',
            isNumber: true,
            cell: ({ charged }) => f.number(charged),
            sortBy: ({ charged }) => charged,
          },
          {
            name: 'Released',
            isNumber: true,
            cell: ({ released }) => f.number(released),
            sortBy: ({ released }) => released,
          },
          { name: 'Credits', isNumber: true, cell: ({ credits }) => creditsText(credits, f) },
          {
            name: 'Value',
            isNumber: true,
            cell: ({ valueMicros }) => dollars(valueMicros),
            sortBy: ({ valueMicros }) => valueMicros ?? -1,
          },
          {
            name: 'Cost',
            isNumber: true,
            cell: ({ costMicros }) => dollars(costMicros),
            sortBy: ({ costMicros }) => costMicros ?? -1,
          },
          {
            name: 'Of it not charged',
            isNumber: true,
            cell: (line) => dollars(line.costMicros === null ? null : line.releasedMicros),
            sortBy: ({ releasedMicros }) => releasedMicros,
          },
          {
            name: 'Margin',
            isNumber: true,
            cell: ({ marginMicros }) => dollars(marginMicros),
            sortBy: ({ marginMicros }) => marginMicros ?? -Infinity,
          },
        ]}
      />
      {lines.length === 0 ? null : <p className="mt-4 text-sm">{totalText(totalUse(lines), f)}</p>}
    </Card>
  )
}

type Numbers = { number(value: number): string }

function creditsText(credits: UseOfDay['credits'], f: Numbers): string {
  const texts = Object.entries(credits).map(([meter, amount = 0]) => `${f.number(amount)} ${meter}`)
  return texts.length === 0 ? '0' : texts.join(', ')
}

function totalText(total: UseInAll, f: Numbers): string {
  const { costMicros, releasedMicros, marginMicros, unknown, unpriced, estimated } = total
  const calls = (count: number) => `${f.number(count)} ${count === 1 ? 'call' : 'calls'}`
  return [
    `In all: cost ${dollars(costMicros)}, of it not charged ${dollars(releasedMicros)}, margin ${dollars(marginMicros)}.`,
    ...(unknown === 0 ? [] : [`Without ${calls(unknown)} whose cost is unknown.`]),
    ...(unpriced === 0 ? [] : [`Margin without ${calls(unpriced)} whose credits have no price.`]),
    ...(estimated === 0 ? [] : [`${calls(estimated)} not reported by the provider: counted.`]),
  ].join(' ')
}
