import { type ReactNode, useState } from 'react'
import { BilledStudio } from '../billed-call/billed-studio.tsx'
import { useBilledStudio } from '../billed-call/use-billed-studio.ts'
import { useTollgate } from '../../connection/tollgate-context.ts'
import { showResult } from '../../components/studio-layout.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { useInputErrors } from '../refusal/use-input-errors.ts'
import { EarlierResults } from '../results/earlier-results.tsx'
import { ShownResult } from '../results/shown-result.tsx'
import { type Library, useLibrary } from '../results/use-library.ts'
import { type CardInput, inputOf, isCard, isCardOf } from './card.ts'
import { ImageCanvas } from './image-canvas.tsx'
import { ImageForm } from './image-form.tsx'
import { useCardDraft } from './use-card-draft.ts'
import { VariationBar } from './variation-bar.tsx'

/** From a title to a card, with its price before, during and after. */
export function ImageStudio(props: { balance: ReactNode }) {
  const { t } = useCopy()
  const [draft, setDraft] = useCardDraft()
  const [reopened, setReopened] = useState<string | null>(null)
  const generate = useTollgate().useBilled((api) => api.images.generate)
  const library = useLibrary({ procedure: 'images.generate', answer: generate })
  const { shown } = library
  const input = inputOf(draft)
  const { owned, same } = ownedOf(library, input)
  const studio = useBilledStudio({
    path: 'images.generate',
    meter: 'image_generations',
    call: generate,
    send: () => (same ? show(same.operationId) : make(input)),
  })
  const picture = isCard(shown?.output) ? shown.output : undefined
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
          errorOf={useInputErrors(generate, input)}
        />
      }
      canvas={
        <ImageCanvas
          picture={picture}
          size={(studio.pending ? generate.input?.size : undefined) ?? draft.size}
          receipt={isFresh ? generate.receipt : null}
          pending={studio.pending}
          variation={
            picture && 'seed' in picture ? (
              <VariationBar
                card={picture}
                owned={owned}
                studio={studio}
                again={shown?.operationId === reopened}
                onVary={vary}
              />
            ) : null
          }
          kept={<ShownResult library={library} withCost={!isFresh} />}
          earlier={<EarlierResults library={library} />}
        />
      }
    />
  )

  function make(card: CardInput) {
    show(null)
    showResult()
    generate.submit(card)
  }

  function show(operationId: string | null) {
    library.open(operationId)
    setReopened(operationId)
  }

  function vary(variation: CardInput) {
    if (picture && isCardOf(picture, input)) setDraft({ ...draft, seed: String(variation.seed) })
    make(variation)
  }
}

/** The paid cards, and the one among them that an input would return. */
function ownedOf({ items = [] }: Library, input: CardInput) {
  return {
    owned: items.map(({ output }) => output).filter(isCard),
    same: items.find(({ output }) => isCard(output) && isCardOf(output, input)),
  }
}
