import { buttonStyle } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { DownloadIcon } from '../../components/icons.tsx'
import { useCopy } from '../../copy/copy-context.tsx'

/** Downloads all data of the account in use; the browser saves it as it streams. */
export function DownloadCard({ isTeam }: { isTeam: boolean }) {
  const { t } = useCopy()
  return (
    <Card
      title={isTeam ? t.accountData.downloadTeam : t.accountData.download}
      lead={t.accountData.downloadHint}
    >
      <a href="/api/account/export" download className={buttonStyle('secondary')}>
        <DownloadIcon className="size-4" />
        {t.accountData.save}
      </a>
    </Card>
  )
}
