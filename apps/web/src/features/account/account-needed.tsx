import { Link } from 'wouter'
import { buttonStyle } from '../../components/button.tsx'
import { Notice, type Tone } from '../../components/notice.tsx'
import { useCopy } from '../../copy/copy-context.tsx'

/** Explains to a guest why this needs an account, and links to signing up. */
export function AccountNeeded(props: { title: string; text: string; tone?: Tone }) {
  const { title, text, tone = 'info' } = props
  const { t } = useCopy()
  return (
    <Notice
      tone={tone}
      title={title}
      actions={
        <Link href="/account" className={buttonStyle('secondary')}>
          {t.account.keep}
        </Link>
      }
    >
      <p>{text}</p>
    </Notice>
  )
}
