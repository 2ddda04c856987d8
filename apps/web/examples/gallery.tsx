import { useIsFetching } from '@tanstack/react-query'
import type { AppRouter } from '@tollgate/api'
import { createTollgate } from '@tollgate/client/react'
import { useMemo } from 'react'
import { Router } from 'wouter'
import { memoryLocation } from 'wouter/memory-location'
import { Connection } from '../src/connection/connection.tsx'
import { Shell } from '../src/app/shell.tsx'
import { AlertBell } from '../src/features/alerts/alert-bell.tsx'
import { StudioBanner } from '../src/features/alerts/studio-banner.tsx'
import { CopyProvider } from '../src/copy/copy-context.tsx'
import type { Locale } from '../src/copy/locale.ts'
import type { Copy } from '../src/copy/en.ts'
import { fixtureFetch } from './fixture-fetch.ts'
import { PERSONAS } from './personas.ts'
import { STATES } from './states.tsx'

/** Every state of the Studio, one per address: /gallery.html?state=usage-low. */
export function Gallery(props: { copy: Copy; locale: Locale }) {
  const state = STATES[new URLSearchParams(location.search).get('state') ?? '']
  return (
    <CopyProvider copy={props.copy} locale={props.locale} timeZone="UTC">
      {state ? <Shown {...state} /> : <Index />}
    </CopyProvider>
  )
}

function Shown(props: (typeof STATES)[string]) {
  const { persona, path = '/gallery', page } = props
  const tollgate = useMemo(
    () =>
      createTollgate<AppRouter>({
        url: '/trpc',
        streams: { 'text.summarize': true },
        fetch: fixtureFetch(PERSONAS[persona]),
      }),
    [persona],
  )
  const { hook } = useMemo(() => memoryLocation({ path }), [path])
  return (
    <Connection tollgate={tollgate}>
      <Router hook={hook}>
        <Shell
          banner={path === '/gallery' ? null : <StudioBanner />}
          bell={path === '/gallery' ? null : <AlertBell />}
          name={path === '/gallery' ? null : 'Ada'}
        >
          {page}
          <Settled />
        </Shell>
      </Router>
    </Connection>
  )
}

/** Marks for tests that loading has finished. */
function Settled() {
  const fetching = useIsFetching()
  return <span hidden data-settled={fetching === 0} />
}

function Index() {
  return (
    <main className="mx-auto max-w-2xl p-8">
      <h1 className="mb-4 text-2xl">Gallery</h1>
      <ul className="grid gap-1">
        {Object.keys(STATES).map((name) => (
          <li key={name}>
            <a className="underline" href={`?state=${name}`}>
              {name}
            </a>
          </li>
        ))}
      </ul>
    </main>
  )
}
