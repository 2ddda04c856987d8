import type { DescribedResult } from '@tollgate/contract/copy'

/** A thumbnail of a result: a picture, a code, or the first words of a text. */
export function ResultPreview(props: { described: DescribedResult; alt: string }) {
  const { described, alt } = props
  const { content } = described
  switch (content.kind) {
    case 'picture':
      return (
        <img
          src={content.url}
          width={content.width}
          height={content.height}
          alt={alt}
          loading="lazy"
          className="aspect-[1200/630] w-full rounded-lg bg-sunken object-contain"
        />
      )
    case 'code':
      return (
        <img
          src={svgSource(content.svg)}
          width={176}
          height={176}
          alt={alt}
          className="aspect-[1200/630] w-full rounded-lg bg-white object-contain p-1.5"
        />
      )
    case 'text':
      return (
        <span className="line-clamp-3 aspect-[1200/630] w-full overflow-hidden rounded-lg bg-sunken p-2.5 text-left text-[0.8125rem] leading-snug">
          {content.text}
        </span>
      )
    case 'none':
      return <span className="aspect-[1200/630] w-full rounded-lg bg-sunken" />
  }
}

/** As an image, so that no script in it can run. */
export function svgSource(svg: string): string {
  return `data:image/svg+xml,${encodeURIComponent(svg)}`
}
