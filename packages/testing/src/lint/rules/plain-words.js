import { findWords } from '../find-words.js'

/** Terms of the field in names, sentences and titles alike. */
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
