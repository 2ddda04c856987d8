import { describeResult } from '@tollgate/contract/copy'
import type { ReactNode } from 'react'
import { BilledForm } from '../billed-call/billed-form.tsx'
import { BilledStudio } from '../billed-call/billed-studio.tsx'
import { useBilledStudio } from '../billed-call/use-billed-studio.ts'
import { useDraft } from '../billed-call/use-draft.ts'
import { useTollgate } from '../../connection/tollgate-context.ts'
import { Field, INPUT_STYLE } from '../../components/field.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { EarlierResults } from '../results/earlier-results.tsx'
import { ShownResult } from '../results/shown-result.tsx'
import { useLibrary } from '../results/use-library.ts'
import { QrCanvas } from './qr-canvas.tsx'

const TEXT_MAX = 1000
/** What the largest code holds; letters beyond English take two to four bytes. */
const BYTES_MAX = 2331

/** From a link to a code. */
export function QrStudio(props: { balance: ReactNode }) {
  const { t } = useCopy()
  const [draft, setText] = useDraft('qr.text')
  const text = draft.trim()
  const qr = useTollgate().useBilled((api) => api.tools.qrCode)
  const library = useLibrary({ procedure: 'tools.qrCode', answer: qr })
  const studio = useBilledStudio({
    path: 'tools.qrCode',
    meter: 'api_calls',
    call: qr,
    send() {
      library.open(null)
      qr.submit({ text })
    },
  })
  const { shown } = library
  const isFresh = shown?.operationId === qr.receipt?.operationId
  const described = describeResult('tools.qrCode', shown?.output)
  const tooLong = new TextEncoder().encode(text).length > BYTES_MAX
  const blocked = tooLong ? t.qr.tooLong : studio.blocked
  return (
    <BilledStudio
      title={t.qr.title}
      balance={props.balance}
      studio={studio}
      call={qr}
      ready={text !== '' && !tooLong}
      form={
        <BilledForm studio={{ ...studio, blocked }} label={t.qr.submit} pendingLabel={t.qr.pending}>
          <Field label={t.qr.input}>
            {(ids) => (
              <input
                {...ids}
                name="text"
                required
                maxLength={TEXT_MAX}
                value={draft}
                placeholder={t.qr.placeholder}
                onChange={(event) => setText(event.target.value)}
                className={INPUT_STYLE}
              />
            )}
          </Field>
        </BilledForm>
      }
      canvas={
        <QrCanvas
          svg={described.content.kind === 'code' ? described.content.svg : null}
          text={described.title ?? (isFresh ? (qr.input?.text ?? '') : '')}
          receipt={isFresh ? qr.receipt : null}
          pending={studio.pending}
          kept={<ShownResult library={library} withCost={!isFresh} />}
          earlier={<EarlierResults library={library} />}
        />
      }
    />
  )
}
