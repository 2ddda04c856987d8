import { describeResult } from '@tollgate/contract/copy'
import { type ReactNode, useState } from 'react'
import { BilledStudio } from '../billed-call/billed-studio.tsx'
import { useBilledStudio } from '../billed-call/use-billed-studio.ts'
import { useDraft } from '../billed-call/use-draft.ts'
import { useTollgate } from '../../connection/tollgate-context.ts'
import { useCopy } from '../../copy/copy-context.tsx'
import { useInputErrors } from '../refusal/use-input-errors.ts'
import { EarlierResults } from '../results/earlier-results.tsx'
import { ShownResult } from '../results/shown-result.tsx'
import { useLibrary } from '../results/use-library.ts'
import { QrCanvas } from './qr-canvas.tsx'
import { isTooLong, type QrDraft, qrInputOf } from './qr-draft.ts'
import { QrForm } from './qr-form.tsx'

/** From a link to a code. */
export function QrStudio(props: { balance: ReactNode }) {
  const { t } = useCopy()
  const [draft, setDraft] = useQrDraft()
  const input = qrInputOf(draft)
  const qr = useTollgate().useBilled((api) => api.tools.qrCode)
  const library = useLibrary({ procedure: 'tools.qrCode', answer: qr })
  const studio = useBilledStudio({
    path: 'tools.qrCode',
    meter: 'api_calls',
    call: qr,
    send() {
      library.open(null)
      qr.submit(input)
    },
  })
  const { shown } = library
  const isFresh = shown?.operationId === qr.receipt?.operationId
  const { title, content } = describeResult('tools.qrCode', shown?.output)
  return (
    <BilledStudio
      title={t.qr.title}
      balance={props.balance}
      studio={studio}
      call={qr}
      ready={input.text !== '' && !isTooLong(draft)}
      form={
        <QrForm
          draft={draft}
          onChange={setDraft}
          studio={studio}
          errorOf={useInputErrors(qr, input)}
        />
      }
      canvas={
        <QrCanvas
          svg={content.kind === 'code' ? content.svg : null}
          png={fileOf(shown?.output)}
          text={title ?? ''}
          receipt={isFresh ? qr.receipt : null}
          pending={studio.pending}
          kept={<ShownResult library={library} withCost={!isFresh} />}
          earlier={<EarlierResults library={library} />}
        />
      }
    />
  )
}

/** The URL of a code's PNG; codes of 0.1 have none. */
function fileOf(output: unknown): string | null {
  if (typeof output !== 'object' || output === null || !('url' in output)) return null
  return typeof output.url === 'string' ? output.url : null
}

/** The unsent code of the form; a logo is too large to store, and kept only until the page is left. */
function useQrDraft(): [QrDraft, (draft: QrDraft) => void] {
  const [text, setText] = useDraft('qr.text')
  const [foreground, setForeground] = useDraft('qr.foreground')
  const [background, setBackground] = useDraft('qr.background')
  const [logo, setLogo] = useState('')
  return [
    { text, foreground: foreground || '#000000', background: background || '#ffffff', logo },
    (draft) => {
      setText(draft.text)
      setForeground(draft.foreground)
      setBackground(draft.background)
      setLogo(draft.logo)
    },
  ]
}
