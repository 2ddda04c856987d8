import { buttonStyle } from '../../components/button.tsx'
import { DownloadIcon } from '../../components/icons.tsx'
import { useCopy } from '../../copy/copy-context.tsx'

/** Saves the signed receipt of an operation as a file that anyone can verify with the server's published keys. */
export function SignedReceipt({ operationId, signed }: { operationId: string; signed: string }) {
  const { t } = useCopy()
  return (
    <a
      href={`data:application/jose,${signed}`}
      download={`tollgate-receipt-${operationId}.jws`}
      className={buttonStyle('secondary')}
    >
      <DownloadIcon className="size-4" />
      {t.operation.signedReceipt}
    </a>
  )
}
