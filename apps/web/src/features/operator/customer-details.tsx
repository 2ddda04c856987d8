import { useInfiniteQuery } from '@tanstack/react-query'
import type { CustomerStory } from '@tollgate/api'
import { ledgerStatus } from '@tollgate/contract/copy'
import { Card } from '../../components/card.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { Facts } from '../activity/facts.tsx'
import { CustomerLink } from './customer-link.tsx'
import { DataTable } from './data-table.tsx'
import { Loaded } from './loaded.tsx'
import { More } from './more.tsx'
import { operatorClient } from './operator-client.ts'
import { OPERATOR_KEY } from './operator-key.ts'
import { When } from './when.tsx'

/** A customer's identity, balances, and everything that changed them. */
export function CustomerDetails({ customerId }: { customerId: string }) {
  const query = useInfiniteQuery({
    queryKey: [...OPERATOR_KEY, 'customer', customerId],
    queryFn: ({ pageParam }) =>
      operatorClient.customer.query({
        customerId,
        ...(pageParam === null ? {} : { cursor: pageParam }),
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ ledger }) => ledger.nextCursor,
  })
  return (
    <Loaded query={query}>
      {({ pages }) => (
        <>
          {pages[0] ? <Standing customer={pages[0]} /> : null}
          <Card title="Operations and changes of the balance">
            <Ledger items={pages.flatMap(({ ledger }) => ledger.items)} />
            <More
              hasMore={query.hasNextPage}
              isLoading={query.isFetchingNextPage}
              onMore={() => void query.fetchNextPage()}
            />
          </Card>
        </>
      )}
    </Loaded>
  )
}

function Standing({ customer }: { customer: CustomerStory }) {
  const { f } = useCopy()
  const { customerId, owner, plan, syncedAt, balances } = customer
  return (
    <Card title={owner ? owner.name : 'A customer without an account'}>
      <div className="grid gap-6">
        <Facts
          facts={[
            ['Customer', customerId],
            ['Email', owner ? `${owner.email} (${owner.kind})` : '–'],
            ['Plan', plan ?? '–'],
            ['Read from the backend', <When key="synced" at={syncedAt} />],
          ]}
        />
        <DataTable
          caption="Balances"
          empty="This customer was never read from the backend."
          items={balances}
          keyOf={({ meter }) => meter}
          columns={[
            { name: 'Meter', cell: ({ meter }) => meter },
            { name: 'Granted', isNumber: true, cell: ({ granted }) => f.number(granted) },
            { name: 'Used', isNumber: true, cell: ({ used }) => f.number(used) },
            { name: 'Held', isNumber: true, cell: ({ held }) => f.number(held) },
            { name: 'Left', isNumber: true, cell: ({ remaining }) => f.number(remaining) },
          ]}
        />
      </div>
    </Card>
  )
}

function Ledger({ items }: { items: CustomerStory['ledger']['items'] }) {
  const { f } = useCopy()
  return (
    <DataTable
      caption="Operations and changes of the balance"
      empty="No activity yet."
      items={items}
      keyOf={(item) =>
        item.kind === 'change' ? item.changeId : `${item.operationId} ${item.meter}`
      }
      columns={[
        {
          name: 'When',
          cell: (item) => <When at={item.kind === 'change' ? item.at : item.startedAt} />,
        },
        {
          name: 'What',
          cell: (item) =>
            item.kind === 'change' ? (
              (item.name ?? item.reason)
            ) : (
              <>
                {item.procedure} <CustomerLink text={item.operationId} />
              </>
            ),
        },
        { name: 'Status', cell: (item) => ledgerStatus(item) },
        { name: 'Meter', cell: ({ meter }) => meter },
        { name: 'Credits', isNumber: true, cell: ({ amount }) => f.number(amount) },
        {
          name: 'Balance after',
          isNumber: true,
          cell: ({ balanceAfter }) => (balanceAfter === null ? '–' : f.number(balanceAfter)),
        },
      ]}
    />
  )
}
