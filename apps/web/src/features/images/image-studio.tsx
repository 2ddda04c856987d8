import { type ReactNode, useState } from 'react'
import { CheckoutReturn } from '../../components/billing/checkout-return.tsx'
import { FailureNotice } from '../../components/billing/failure-notice.tsx'
import { useBlocked } from '../../components/billing/use-blocked.ts'
import { useCost } from '../../components/billing/use-cost.ts'
import { useDraft } from '../../components/billing/use-draft.ts'
import { useForeseenRefusal } from '../../components/billing/use-foreseen-refusal.ts'
import { showResult, StudioLayout } from '../../components/ui/studio-layout.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { ImageCanvas } from './image-canvas.tsx'
import { type ImageDraft, ImageForm, type ImageStyle } from './image-form.tsx'
import { type Picture, useGenerateImage } from './use-generate-image.ts'

/** Pictures kept on screen in this session. */
const EARLIER_MAX = 8

/** From a prompt to a picture, with its price before, while and after. */
export function ImageStudio(props: { balance: ReactNode }) {
  const { t, f } = useCopy()
  const [draft, setDraft] = useImageDraft()
  const [earlier, setEarlier] = useState<readonly Picture[]>([])
  const generate = useGenerateImage()
  const price = useCost('images.generate')?.cost
  const cost = price?.kind === 'fixed' ? t.cost.fixed(f, price.amount) : null
  const pending = generate.status === 'pending'
  const foreseen = useForeseenRefusal(
    'image_generations',
    price?.kind === 'fixed' ? price.amount : null,
  )
  const blocked = useBlocked(foreseen, pending)

  function submit(): void {
    showResult()
    const { output } = generate
    if (output) setEarlier((before) => [output, ...before].slice(0, EARLIER_MAX))
    generate.submit({ prompt: draft.prompt.trim(), style: draft.style, hd: draft.hd })
  }

  return (
    <StudioLayout
      title={t.images.title}
      balance={props.balance}
      form={
        <ImageForm
          draft={draft}
          onChange={setDraft}
          onSubmit={submit}
          cost={cost}
          pending={pending}
          blocked={blocked}
        />
      }
      notices={
        <>
          <CheckoutReturn
            onContinue={draft.prompt.trim() ? submit : undefined}
            continueLabel={cost ? `${t.checkout.continue} · ${cost}` : t.checkout.continue}
          />
          <FailureNotice {...generate} foreseen={pending ? null : foreseen} />
        </>
      }
      canvas={
        <ImageCanvas
          picture={generate.output}
          receipt={generate.receipt}
          pending={pending}
          earlier={earlier}
        />
      }
    />
  )
}

function useImageDraft(): [ImageDraft, (draft: ImageDraft) => void] {
  const [prompt, setPrompt] = useDraft('images.prompt')
  const [style, setStyle] = useDraft('images.style')
  const [hd, setHd] = useDraft('images.hd')
  return [
    { prompt, style: isStyle(style) ? style : 'aurora', hd: hd === 'true' },
    (draft) => {
      setPrompt(draft.prompt)
      setStyle(draft.style)
      setHd(String(draft.hd))
    },
  ]
}

function isStyle(value: string): value is ImageStyle {
  return value === 'aurora' || value === 'paper' || value === 'night'
}
