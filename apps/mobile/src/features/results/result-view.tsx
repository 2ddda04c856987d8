import type { DescribedResult } from '@tollgate/contract/copy'
import { PaidImage } from '../images/paid-image.tsx'
import { Words } from '../../ui/words.tsx'

/** Shows the displayable part of a result, as wide as the space allows. */
export function ResultView(props: { content: DescribedResult['content']; title: string }) {
  const { content, title } = props
  switch (content.kind) {
    case 'picture':
      return (
        <PaidImage path={content.url} label={title} aspectRatio={content.width / content.height} />
      )
    case 'code':
      return content.url ? <PaidImage path={content.url} label={title} aspectRatio={1} /> : null
    case 'text':
      return <Words>{content.text}</Words>
    case 'none':
      return null
  }
}
