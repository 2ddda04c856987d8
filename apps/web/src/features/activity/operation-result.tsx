import type { OperationReceipt } from '@tollgate/contract'
import { describeResult } from '@tollgate/contract/copy'
import { Link } from 'wouter'
import { buttonStyle } from '../../components/button.tsx'
import { DownloadIcon } from '../../components/icons.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { downloadOf } from '../results/download-of.ts'
import { ResultPreview } from '../results/result-preview.tsx'

/** The stored result of an operation, or why there is none. */
export function OperationResult(props: { receipt: OperationReceipt }) {
  const { procedure, state, result, operationId } = props.receipt
  const { t, f } = useCopy()
  if (state === 'executing') return null
  if (state !== 'settled') return <p className="text-sm text-muted">{t.operation.noResult}</p>
  if (!result) {
    return (
      <p className="text-sm">
        <span className="font-medium">{t.results.gone}.</span>{' '}
        <span className="text-muted">{t.results.goneText(f)}</span>
      </p>
    )
  }
  const described = describeResult(procedure, result.output)
  const download = downloadOf({ procedure, output: result.output })
  const page = PAGES[procedure]
  return (
    <section aria-label={t.operation.result} className="grid gap-2">
      <div className="max-w-sm">
        <ResultPreview described={described} alt={described.title ?? t.procedure(procedure)} />
      </div>
      <p className="text-[0.8125rem] text-muted">{t.results.keptUntil(f, result.keptUntil)}</p>
      {result.complete ? null : <p className="text-sm text-muted">{t.results.partial}</p>}
      <div className="flex flex-wrap gap-2 print:hidden">
        {page ? (
          <Link href={`${page}?result=${operationId}`} className={buttonStyle('secondary')}>
            {t.operation.openPage}
          </Link>
        ) : null}
        {download ? (
          <a href={download.href} download={download.name} className={buttonStyle('secondary')}>
            <DownloadIcon className="size-4" />
            {t.images.download}
          </a>
        ) : null}
      </div>
    </section>
  )
}

/** The page that opens results of a procedure. */
const PAGES: Partial<Record<string, string>> = {
  'images.generate': '/',
  'text.summarize': '/summarise',
  'tools.qrCode': '/qr',
}
