import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { Field, INPUT_STYLE } from '../../components/field.tsx'
import { Changes } from './changes-view.tsx'
import { CustomerDetails } from './customer-details.tsx'
import { Loaded } from './loaded.tsx'
import { OperationDetails } from './operation-details.tsx'
import { operatorClient } from './operator-client.ts'
import { OPERATOR_KEY } from './operator-key.ts'

/** One customer's whole history, found by operation id, customer id or e-mail address. */
export function CustomersView() {
  const [parameters] = useSearchParams()
  const wanted = parameters.get('find') ?? ''
  return (
    <>
      <FindForm key={`find ${wanted}`} wanted={wanted} />
      {wanted === '' ? null : <Found wanted={wanted} />}
    </>
  )
}

function FindForm({ wanted }: { wanted: string }) {
  const [text, setText] = useState(wanted)
  const [, go] = useLocation()
  return (
    <Card label="Find a customer">
      <form
        className="grid gap-3 sm:grid-cols-[minmax(0,1fr)_auto] sm:items-end"
        onSubmit={(event) => {
          event.preventDefault()
          if (text.trim() !== '') {
            go(`/operator/customers?find=${encodeURIComponent(text.trim())}`)
          }
        }}
      >
        <Field label="Operation id, customer id or email">
          {(ids) => (
            <input
              {...ids}
              className={INPUT_STYLE}
              value={text}
              maxLength={200}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
        <Button type="submit" look="primary">
          Find
        </Button>
      </form>
    </Card>
  )
}

function Found({ wanted }: { wanted: string }) {
  const query = useQuery({
    queryKey: [...OPERATOR_KEY, 'find', wanted],
    queryFn: () => operatorClient.find.query({ text: wanted }),
  })
  return (
    <Loaded query={query}>
      {(found) =>
        found === null ? (
          <p className="text-muted">No customer has this id or address.</p>
        ) : (
          <>
            {found.operationId === null ? null : (
              <OperationDetails operationId={found.operationId} />
            )}
            <CustomerDetails customerId={found.customerId} />
            <Changes customerId={found.customerId} />
          </>
        )
      }
    </Loaded>
  )
}
