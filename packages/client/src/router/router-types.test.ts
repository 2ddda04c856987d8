import type { AppRouter } from '@tollgate/api'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { createTollgate } from '../create-tollgate.ts'
import type { ExampleRouter, TransformedRouter, UnaryRouter } from '../fixtures/example-router.ts'
import type { Kept } from '../intents/kept.ts'
import { createTollgate as createReactTollgate } from '../react/create-tollgate.tsx'
import { NO_TRANSFORMER } from '../transformer.ts'
import type { MeterOf } from './meter-of.ts'
import type { BilledPath, StreamPath } from './stream-path.ts'

// Checked by the compiler: a line that is marked as a mistake but compiles fails the type check.
const url = 'http://127.0.0.1:1/trpc'
const streams = { summarize: true, 'logs.tail': true } as const

describe('what a router’s type says to the client', () => {
  it('names its streams, its billed procedures and its meters', () => {
    expectTypeOf<StreamPath<ExampleRouter>>().toEqualTypeOf<'summarize' | 'logs.tail'>()
    expectTypeOf<BilledPath<ExampleRouter>>().toEqualTypeOf<
      'draw' | 'upload' | 'ping' | 'summarize'
    >()
    expectTypeOf<MeterOf<ExampleRouter>>().toEqualTypeOf<'renders' | 'pings' | 'words'>()
  })

  it('names the meters of the product from its balances', () => {
    expectTypeOf<MeterOf<AppRouter>>().toEqualTypeOf<
      'image_generations' | 'ai_tokens' | 'api_calls'
    >()
  })

  it('demands every stream of a client, and nothing else', () => {
    createTollgate<ExampleRouter>({ url, streams })
    createTollgate<UnaryRouter>({ url })
    // @ts-expect-error the streams are missing
    createTollgate<ExampleRouter>({ url })
    // @ts-expect-error one of the streams is missing
    createTollgate<ExampleRouter>({ url, streams: { summarize: true } })
    // @ts-expect-error draw does not stream
    createTollgate<ExampleRouter>({ url, streams: { ...streams, draw: true, 'no.such': true } })
    createTollgate<ExampleRouter>({
      url,
      // @ts-expect-error draw does not stream
      streams: { summarize: true, 'logs.tail': true, draw: true },
    })
    // @ts-expect-error a router without streams has none to list
    createTollgate<UnaryRouter>({ url, streams: {} })
    // @ts-expect-error its transformer is missing
    createTollgate<TransformedRouter>({ url })
    createTollgate<TransformedRouter>({ url, transformer: NO_TRANSFORMER })
    // @ts-expect-error it has no transformer
    const client = createTollgate<UnaryRouter>({ url, transformer: NO_TRANSFORMER })
    expect(client).toHaveProperty('client')
  })

  it('lets only billed procedures be billed, each in its own way', () => {
    const tollgate = createReactTollgate<ExampleRouter>({ url, streams })
    const uses = {
      draw: () => tollgate.useBilled((api) => api.draw),
      upload: () => tollgate.useBilled((api) => api.upload),
      summarize: () => tollgate.useBilledStream((api) => api.summarize),
      // @ts-expect-error it is not billed
      rename: () => tollgate.useBilled((api) => api.rename),
      // @ts-expect-error a query is not billed
      me: () => tollgate.useBilled((api) => api.me),
      // @ts-expect-error there is no such procedure
      misspelt: () => tollgate.useBilled((api) => api.drew),
      // @ts-expect-error it streams its answer
      stream: () => tollgate.useBilled((api) => api.summarize),
      // @ts-expect-error it does not stream
      unary: () => tollgate.useBilledStream((api) => api.draw),
      // @ts-expect-error there is no such meter
      meter: () => tollgate.useBalance('render'),
      renders: () => tollgate.useBalance('renders'),
      // @ts-expect-error the prompt must be a string
      input: () => tollgate.submit((api) => api.draw, { prompt: 1 }),
    }
    expectTypeOf<ReturnType<typeof uses.draw>['output']>().toEqualTypeOf<
      { url: string } | undefined
    >()
    expectTypeOf<ReturnType<typeof uses.summarize>['chunks']>().toEqualTypeOf<readonly string[]>()
    expect(Object.keys(uses)).toContain('draw')
  })

  it('says in the type that a form is not kept for a restart', () => {
    expectTypeOf<Kept<FormData>>().toEqualTypeOf<'program'>()
    expectTypeOf<Kept<{ prompt: string }>>().toEqualTypeOf<'device'>()
    const tollgate = createReactTollgate<ExampleRouter>({ url, streams })
    const upload = () => tollgate.useBilled((api) => api.upload)
    expectTypeOf<ReturnType<ReturnType<typeof upload>['submit']>>().toEqualTypeOf<'program'>()
  })

  it('names the meters of its refusals', () => {
    const { billingErrorOf } = createTollgate<ExampleRouter>({ url, streams })
    const refusal = billingErrorOf(new Error('no'))
    if (refusal?.kind === 'insufficient_credits') {
      expectTypeOf(refusal.meter).toEqualTypeOf<'renders' | 'pings' | 'words'>()
    }
    expect(refusal).toBeNull()
    const tollgate = createReactTollgate<ExampleRouter>({ url, streams })
    const draw = () => tollgate.useBilled((api) => api.draw)
    type Refused = NonNullable<ReturnType<typeof draw>['refusal']>
    expectTypeOf<Extract<Refused, { kind: 'insufficient_credits' }>['meter']>().toEqualTypeOf<
      'renders' | 'pings' | 'words'
    >()
  })
})
