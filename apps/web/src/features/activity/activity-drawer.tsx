import type { LedgerItem } from '@tollgate/contract'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { ChangeDetails } from './change-details.tsx'
import { OperationDetails } from './operation-details.tsx'

/** All details of a ledger line, in a drawer; printing it gives a receipt. */
export function ActivityDrawer(props: { item: LedgerItem | null; onClose: () => void }) {
  const { item, onClose } = props
  const { t } = useCopy()
  return (
    <Dialog
      open={item !== null}
      title={item ? t.operation.details(nameOf(item)) : ''}
      onClose={onClose}
      place="side"
      actions={
        <>
          <Button onClick={() => print()}>{t.operation.print}</Button>
          <Button onClick={onClose}>{t.operation.close}</Button>
        </>
      }
    >
      {item?.kind === 'operation' ? <OperationDetails item={item} /> : null}
      {item?.kind === 'change' ? <ChangeDetails item={item} /> : null}
    </Dialog>
  )

  function nameOf(line: LedgerItem): string {
    return line.kind === 'change' ? (line.name ?? t.usage.change) : t.procedure(line.procedure)
  }
}
