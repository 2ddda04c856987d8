import { type ReactNode, useState } from 'react'
import { BilledStudio } from '../billed-call/billed-studio.tsx'
import { useBilledStudio } from '../billed-call/use-billed-studio.ts'
import { useDraft } from '../billed-call/use-draft.ts'
import { useTollgate } from '../../connection/tollgate-context.ts'
import { useCopy } from '../../copy/copy-context.tsx'
import { ImageCanvas, type Picture } from './image-canvas.tsx'
import { type ImageDraft, ImageForm } from './image-form.tsx'
import { IMAGE_DRAFT } from './image-draft-names.ts'
import { isImageStyle } from './image-style.ts'

/** Pictures kept on screen in this session. */
const EARLIER_MAX = 8
/** Of a picture that is not HD. */
const WIDTH = 1200

/** From a prompt to a picture, with its price before, while and after. */
export function ImageStudio(props: { balance: ReactNode }) {
  const { t } = useCopy()
  const [draft, setDraft] = useImageDraft()
  const [earlier, setEarlier] = useState<readonly Picture[]>([])
  const generate = useTollgate().useBilled((api) => api.images.generate)
  const prompt = draft.prompt.trim()
  const studio = useBilledStudio({
    path: 'images.generate',
    meter: 'image_generations',
    call: generate,
    send() {
      const { output } = generate
      if (output) setEarlier((before) => [output, ...before].slice(0, EARLIER_MAX))
      generate.submit({ ...draft, prompt })
    },
  })
  // A refused click shows the picture that was there before it.
  const kept = generate.output === undefined && !studio.pending ? earlier[0] : undefined
  const picture = generate.output ?? kept
  const made = [picture, ...earlier].some((one) => one && isPictureOf(one, { ...draft, prompt }))
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
          picture={picture}
          receipt={generate.receipt}
          pending={studio.pending}
          earlier={kept ? earlier.slice(1) : earlier}
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
