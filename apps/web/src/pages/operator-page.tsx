import { useQuery } from '@tanstack/react-query'
import { Route, Switch, useLocation } from 'wouter'
import { Button } from '../components/button.tsx'
import { Notice } from '../components/notice.tsx'
import { Skeleton } from '../components/skeleton.tsx'
import { TabLinks } from '../components/tab-links.tsx'
import { ChangesView } from '../features/operator/changes-view.tsx'
import { CustomersView } from '../features/operator/customers-view.tsx'
import { DriftView } from '../features/operator/drift-view.tsx'
import { FiguresView } from '../features/operator/figures-view.tsx'
import { HoldsView } from '../features/operator/holds-view.tsx'
import { operatorClient } from '../features/operator/operator-client.ts'
import { OPERATOR_KEY } from '../features/operator/operator-key.ts'
import { OPERATOR_PLACES } from '../features/operator/operator-places.ts'
import { QuarantineView } from '../features/operator/quarantine-view.tsx'
import { NotFoundPage } from './not-found-page.tsx'

/** The operators' view, which requests nothing until the server has confirmed that the user is an operator. */
export function OperatorPage() {
  const me = useQuery({
    queryKey: [...OPERATOR_KEY, 'me'],
    queryFn: () => operatorClient.me.query(),
    retry: false,
  })
  const [path] = useLocation()
  return (
    <div lang="en" className="grid gap-6">
      <header className="grid gap-3">
        <h1 className="text-2xl sm:text-[1.75rem]">Operator</h1>
        {me.data ? (
          <>
            <p className="text-muted [overflow-wrap:anywhere]">Signed in as {me.data.email}</p>
            <div className="overflow-x-auto">
              <TabLinks
                label="Operator"
                tabs={OPERATOR_PLACES.map((place) => ({
                  href: place.path,
                  label: place.label,
                  isShown: place.path === path,
                }))}
              />
            </div>
          </>
        ) : null}
      </header>
      {me.data ? <Views /> : null}
      {me.isPending ? (
        <div aria-busy="true">
          <span className="sr-only">Loading</span>
          <Skeleton className="h-32 w-full" />
        </div>
      ) : null}
      {me.isError ? (
        <Notice
          tone="warn"
          title="Operators only"
          actions={<Button onClick={() => void me.refetch()}>Try again</Button>}
        >
          <p>{me.error.message}</p>
        </Notice>
      ) : null}
    </div>
  )
}

function Views() {
  return (
    <Switch>
      <Route path="/operator" component={FiguresView} />
      <Route path="/operator/customers" component={CustomersView} />
      <Route path="/operator/quarantine" component={QuarantineView} />
      <Route path="/operator/holds" component={HoldsView} />
      <Route path="/operator/drift" component={DriftView} />
      <Route path="/operator/changes" component={ChangesView} />
      <Route component={NotFoundPage} />
    </Switch>
  )
}
