import { findWords } from '../find-words.js'

/** Requires the field's terms in names, sentences and titles. */
export const plainWords = {
  create(context) {
    return {
      Program() {
        const { text } = context.sourceCode
        for (const { start, end, message } of findWords(context.filename, text)) {
          const loc = {
            start: context.sourceCode.getLocFromIndex(start),
            end: context.sourceCode.getLocFromIndex(end),
          }
          context.report({ loc, message: `${message} Guide: errors#plain-words` })
        }
      },
    }
  },
}
