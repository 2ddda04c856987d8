import type { ReactNode } from 'react'
import { BilledStudio } from '../billed-call/billed-studio.tsx'
import { useBilledStudio } from '../billed-call/use-billed-studio.ts'
import { useDraft } from '../billed-call/use-draft.ts'
import { useTollgate } from '../../connection/tollgate-context.ts'
import { useCopy } from '../../copy/copy-context.tsx'
import { EarlierResults } from '../results/earlier-results.tsx'
import { ShownResult } from '../results/shown-result.tsx'
import { useLibrary } from '../results/use-library.ts'
import { ImageCanvas, isPicture, type Picture } from './image-canvas.tsx'
import { type ImageDraft, ImageForm } from './image-form.tsx'
import { IMAGE_DRAFT } from './image-draft-names.ts'
import { isImageStyle } from './image-style.ts'

/** Of a picture that is not HD. */
const WIDTH = 1200

/** From a prompt to a picture, with its price before, while and after. */
export function ImageStudio(props: { balance: ReactNode }) {
  const { t } = useCopy()
  const [draft, setDraft] = useImageDraft()
  const generate = useTollgate().useBilled((api) => api.images.generate)
  const library = useLibrary({ procedure: 'images.generate', answer: generate })
  const { items = [], shown } = library
  const prompt = draft.prompt.trim()
  const studio = useBilledStudio({
    path: 'images.generate',
    meter: 'image_generations',
    call: generate,
    send() {
      library.open(null)
      generate.submit({ ...draft, prompt })
    },
  })
  const pictures = items.map(({ output }) => output).filter(isPicture)
  const made = pictures.some((one) => isPictureOf(one, { ...draft, prompt }))
  const isFresh = shown?.operationId === generate.receipt?.operationId
  return (
    <BilledStudio
      title={t.images.title}
      balance={props.balance}
      studio={studio}
      call={generate}
      ready={prompt !== ''}
      form={<ImageForm draft={draft} onChange={setDraft} studio={studio} made={made} />}
      canvas={
        <ImageCanvas
          picture={shown && isPicture(shown.output) ? shown.output : undefined}
          receipt={isFresh ? generate.receipt : null}
          pending={studio.pending}
          kept={<ShownResult library={library} withCost={!isFresh} />}
          earlier={<EarlierResults library={library} />}
        />
      }
    />
  )
}

function useImageDraft(): [ImageDraft, (draft: ImageDraft) => void] {
  const [prompt, setPrompt] = useDraft(IMAGE_DRAFT.prompt)
  const [style, setStyle] = useDraft(IMAGE_DRAFT.style)
  const [hd, setHd] = useDraft(IMAGE_DRAFT.hd)
  return [
    { prompt, style: isImageStyle(style) ? style : 'aurora', hd: hd === 'true' },
    (draft) => {
      setPrompt(draft.prompt)
      setStyle(draft.style)
      setHd(String(draft.hd))
    },
  ]
}

/** The same words in the same style and size are always the same picture. */
function isPictureOf(picture: Picture, { prompt, style, hd }: ImageDraft): boolean {
  const isHd = picture.width > WIDTH
  return picture.prompt === prompt && picture.style === style && isHd === hd
}
