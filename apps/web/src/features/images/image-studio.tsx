import { type ReactNode, useState } from 'react'
import { BilledStudio } from '../billed-call/billed-studio.tsx'
import { useBilledStudio } from '../billed-call/use-billed-studio.ts'
import { useTollgate } from '../../connection/tollgate-context.ts'
import { showResult } from '../../components/studio-layout.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { useInputErrors } from '../refusal/use-input-errors.ts'
import { EarlierResults } from '../results/earlier-results.tsx'
import { ShownResult } from '../results/shown-result.tsx'
import { useLibrary } from '../results/use-library.ts'
import { type Card, type CardInput, inputOf, isCard, isCardOf, nextVariation } from './card.ts'
import { ImageCanvas } from './image-canvas.tsx'
import { ImageForm } from './image-form.tsx'
import { useCardDraft } from './use-card-draft.ts'
import { VariationBar } from './variation-bar.tsx'

/** From a title to a card, with its price before, while and after. */
export function ImageStudio(props: { balance: ReactNode }) {
  const { t } = useCopy()
  const [draft, setDraft] = useCardDraft()
  const [reopened, setReopened] = useState<string | null>(null)
  const generate = useTollgate().useBilled((api) => api.images.generate)
  const library = useLibrary({ procedure: 'images.generate', answer: generate })
  const { items = [], shown } = library
  const owned = items.map(({ output }) => output).filter(isCard)
  const input = inputOf(draft)
  const same = items.find(({ output }) => isCard(output) && isCardOf(output, input))
  const studio = useBilledStudio({
    path: 'images.generate',
    meter: 'image_generations',
    call: generate,
    send: () => (same ? reopen(same.operationId) : make(input)),
  })
  const picture = shown && isCard(shown.output) ? shown.output : undefined
  const isFresh = shown?.operationId === generate.receipt?.operationId
  return (
    <BilledStudio
      title={t.images.title}
      balance={props.balance}
      studio={studio}
      call={generate}
      ready={input.title !== ''}
      form={
        <ImageForm
          draft={draft}
          onChange={setDraft}
          studio={studio}
          owned={same !== undefined}
          errorOf={useInputErrors(generate)}
        />
      }
      canvas={
        <ImageCanvas
          picture={picture}
          size={(studio.pending ? generate.input?.size : undefined) ?? draft.size}
          receipt={isFresh ? generate.receipt : null}
          pending={studio.pending}
          variation={picture && 'seed' in picture ? variationOf(picture) : null}
          kept={<ShownResult library={library} withCost={!isFresh} />}
          earlier={<EarlierResults library={library} />}
        />
      }
    />
  )

  function make(card: CardInput) {
    library.open(null)
    setReopened(null)
    generate.submit(card)
  }

  function reopen(operationId: string) {
    library.open(operationId)
    setReopened(operationId)
  }

  function variationOf(card: Card) {
    return (
      <VariationBar
        seed={card.seed}
        cost={studio.cost}
        again={shown?.operationId === reopened}
        blocked={studio.blocked !== null || studio.pending}
        onVary={() => {
          const variation = nextVariation(card, owned)
          if (isCardOf(card, input)) setDraft({ ...draft, seed: String(variation.seed) })
          showResult()
          make(variation)
        }}
      />
    )
  }
}
