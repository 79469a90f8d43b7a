// node post.mjs URL: posts a callback as the server does, and prints what came of it.
import { Courier } from '../../../dist/callbacks/delivery.js';

const courier = new Courier();
const callback = { method: 'POST', url: process.argv[2], headers: [], body: Buffer.from('{}') };
console.log(JSON.stringify(await courier.deliver(callback, 5000)));
courier.close();
