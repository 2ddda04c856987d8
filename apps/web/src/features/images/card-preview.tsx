import type { CardStyle } from '@tollgate/contract/copy'
import type { ReactNode } from 'react'
import { useCopy } from '../../copy/copy-context.tsx'

/**
 * A card as the browser can draw it before anything is billed: the text on a sketch of the style, with a watermark. The scene, the typeface
 * and the file of the real card come only from the server.
 */
export function CardPreview(props: { title: string; style: CardStyle }) {
  const { title, style } = props
  const { t } = useCopy()
  const { ink, family, place } = LOOKS[style]
  return (
    <figure
      aria-label={t.welcome.previewOf(title)}
      className="@container relative aspect-[1200/630] w-full overflow-hidden rounded-xl border border-line"
    >
      <svg viewBox="0 0 120 63" preserveAspectRatio="none" className="absolute inset-0 size-full">
        {SCENES[style]}
      </svg>
      <div className={`absolute inset-0 flex p-[6cqw] ${place}`}>
        <p
          className={`line-clamp-3 max-w-[88%] text-[clamp(1.25rem,7.5cqw,3.5rem)] leading-[1.12] font-semibold tracking-[-0.02em] [overflow-wrap:anywhere] ${ink} ${family}`}
        >
          {title}
        </p>
      </div>
      <p
        className={`absolute top-1/2 left-1/2 -translate-1/2 -rotate-24 text-[15cqw] font-semibold tracking-widest uppercase opacity-15 ${ink}`}
      >
        {t.welcome.watermark}
      </p>
    </figure>
  )
}

/** The cards' own colors, the same in both themes. */
const LOOKS: Record<CardStyle, { ink: string; family: string; place: string }> = {
  aurora: { ink: 'text-[#f2fffa]', family: '', place: 'items-end' },
  paper: { ink: 'text-[#3a2a1c]', family: 'font-serif', place: 'items-end' },
  night: { ink: 'text-[#f8f1dc]', family: 'font-serif', place: 'items-start' },
}

const SCENES: Record<CardStyle, ReactNode> = {
  aurora: (
    <>
      <linearGradient id="preview-aurora" x2="1" y2="1">
        <stop stopColor="#062c22" />
        <stop offset=".55" stopColor="#0b6b4f" />
        <stop offset="1" stopColor="#4a3fb8" />
      </linearGradient>
      <rect width="120" height="63" fill="url(#preview-aurora)" />
      <path
        d="M0 26c24-18 44 10 68-4s34-14 52-8v18C96 22 84 40 58 40S24 30 0 44z"
        fill="#7ff0c4"
        opacity=".28"
      />
      <path
        d="M0 14c30-8 52 12 78 0s30-8 42-6v8C100 14 84 26 60 26S26 16 0 26z"
        fill="#c6f5e0"
        opacity=".18"
      />
    </>
  ),
  paper: (
    <>
      <rect width="120" height="63" fill="#f4ead8" />
      <circle cx="92" cy="20" r="11" fill="#d98b5a" />
      <path d="M0 40c24-14 40-10 60-2s40 6 60-6v31H0z" fill="#e2c9a4" />
      <path d="M0 50c30-12 52-4 76-2s30-4 44-8v23H0z" fill="#d3b083" opacity=".6" />
    </>
  ),
  night: (
    <>
      <linearGradient id="preview-night" x2="0" y2="1">
        <stop stopColor="#0a1330" />
        <stop offset="1" stopColor="#3b4a8f" />
      </linearGradient>
      <rect width="120" height="63" fill="url(#preview-night)" />
      <circle cx="98" cy="15" r="7" fill="#fff6dd" />
      <path d="m0 50 18-12 14 9 22-16 20 14 18-9 28 16v11H0z" fill="#1b2756" />
      <path d="m0 57 26-8 24 6 30-9 40 11v6H0z" fill="#0a1330" />
    </>
  ),
}
