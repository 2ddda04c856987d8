import { buttonStyle } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { DownloadIcon } from '../../components/icons.tsx'
import { useCopy } from '../../copy/copy-context.tsx'

/** Saves everything that is held of whom the person acts for; the browser reads it as it is sent. */
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
