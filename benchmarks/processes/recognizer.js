// Recognizes a request among some schemes, and says what they take of V8's heap, for whom nothing else is loaded.
import { message } from '@countersign/core/message';
import { schemeOfMessage } from '@countersign/core/recognition/recognize-scheme';
import { heldBytes } from '../held-bytes.js';
import { answerParent } from './parent.js';

answerParent({
  /** @param {string[]} ids of the schemes */
  async recognize(ids) {
    const request = message({ method: 'POST', url: 'https://example.com/', headers: { 'X-Nothing': '1' }, body: '{}' });
    schemeOfMessage([], request);
    const before = heldBytes();
    const modules = await Promise.all(ids.map((id) => import(`@countersign/core/schemes/${id}`)));
    const schemes = modules.map((module, at) => Object.values(module).find((value) => value?.id === ids[at]));
    if (schemes.includes(undefined)) throw new Error('a scheme is not in the file of its name');
    schemeOfMessage(schemes, request);
    return heldBytes() - before;
  },
});
