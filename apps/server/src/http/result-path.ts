import { RESULTS_PATH } from '@tollgate/api'

/** The files of results for the OpenAPI document. */
export const RESULT_PATH = {
  [`${RESULTS_PATH}/{operationId}`]: {
    get: {
      operationId: 'result_file',
      tags: ['Files'],
      summary: 'The file of a result, for the customer who paid for it',
      parameters: [
        {
          name: 'operationId',
          in: 'path',
          required: true,
          schema: { type: 'string', format: 'uuid' },
        },
      ],
      responses: {
        200: { description: 'The file, in its own type.', content: { '*/*': { schema: {} } } },
        304: { description: 'The file has not changed: it never does.' },
        401: { description: 'Not signed in.' },
        404: { description: 'The caller has no such result.' },
        410: { description: 'The result is past its keeping time.' },
        429: { description: 'Too many requests.' },
      },
    },
  },
}
