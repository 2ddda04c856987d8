import type { Balance, Receipt } from '@tollgate/contract'
import type { BilledStudioState } from '../src/features/billed-call/use-billed-studio.ts'
import { StudioLayout } from '../src/components/studio-layout.tsx'
import { useCopy } from '../src/copy/copy-context.tsx'
import { BalanceStrip } from '../src/features/balance/balance-strip.tsx'
import { ImageCanvas } from '../src/features/images/image-canvas.tsx'
import { ImageForm } from '../src/features/images/image-form.tsx'
import { VariationBar } from '../src/features/images/variation-bar.tsx'
import { SummaryCanvas } from '../src/features/text/summary-canvas.tsx'
import { TextForm } from '../src/features/text/text-form.tsx'
import { PERSONAS } from './personas.ts'
import { PICTURE } from './picture.ts'

const SUMMARY =
  'The toll road opened in spring and was paid for within four years. Traffic through the village fell by half, which is what the council had hoped for.'
const images = balanceOf('image_generations')
const tokens = balanceOf('ai_tokens')

function balanceOf(meter: string): Balance | undefined {
  return PERSONAS.nearly.balances?.find((balance) => balance.meter === meter)
}

function receipt(
  meter: 'image_generations' | 'ai_tokens',
  amount: number,
  remaining: number,
): Receipt {
  const balance = meter === 'ai_tokens' ? tokens : images
  return {
    operationId: 'operation-1',
    charges: [{ meter, amount }],
    balances: balance ? [{ ...balance, remaining }] : [],
    replayed: false,
    at: '2026-11-22T09:00:00.000Z',
  }
}

function standing(
  known: Pick<BilledStudioState, 'pending' | 'cost'> & { held?: string },
): BilledStudioState {
  return { held: undefined, ...known, submit: () => {}, blocked: null, foreseen: null }
}

/** A picture that is being made, with its credit held; or one that is done, with its cost. */
export function ImageState(props: { pending: boolean }) {
  const { pending } = props
  const { t, f } = useCopy()
  return (
    <StudioLayout
      title={t.images.title}
      balance={
        <BalanceStrip meter="image_generations" balance={images} pending={pending ? 1 : 0} />
      }
      form={
        <ImageForm
          draft={{
            title: 'A lighthouse in a paper sea, early morning',
            subtitle: 'Doors open at nine',
            style: 'aurora',
            size: 'landscape',
            seed: '',
            hd: false,
          }}
          onChange={() => {}}
          studio={standing({ pending, cost: t.cost.fixed(f, 'image_generations', 1) })}
        />
      }
      notices={null}
      canvas={
        <ImageCanvas
          picture={PICTURE}
          size="landscape"
          variation={
            <VariationBar
              card={PICTURE}
              owned={[]}
              studio={standing({ pending, cost: t.cost.fixed(f, 'image_generations', 1) })}
              again={false}
              onVary={() => {}}
            />
          }
          receipt={receipt('image_generations', 1, 3)}
          pending={pending}
        />
      }
    />
  )
}

/** A summary of which so many characters are there; with its cost once it is done. */
export function SummaryState(props: { pending: boolean; length?: number }) {
  const { pending, length } = props
  const summary = SUMMARY.slice(0, length)
  const { t, f } = useCopy()
  const about = t.cost.about(f, { meter: 'ai_tokens', low: 40, high: 180 })
  return (
    <StudioLayout
      title={t.text.title}
      balance={<BalanceStrip meter="ai_tokens" balance={tokens} pending={pending ? 180 : 0} />}
      form={
        <TextForm
          text={SUMMARY.repeat(4)}
          sentences="3"
          onText={() => {}}
          onSentences={() => {}}
          onStop={() => {}}
          model={t.text.extractive}
          studio={standing({ pending, cost: about, held: t.cost.held(f, 180) })}
        />
      }
      notices={null}
      canvas={
        <SummaryCanvas
          summary={summary}
          receipt={pending ? null : receipt('ai_tokens', 96, 954)}
          pending={pending}
          stopped={false}
        />
      }
    />
  )
}
