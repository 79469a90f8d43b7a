// An application that verifies nothing: `countersign guard` in front of it does, and says in a header what it verified.
// Only the guard may reach it, so it listens on loopback.
//   PORT=3000 node examples/behind-guard-express.js
import express from 'express';

const app = express();
app.use(express.json());
app.post('/sinch', (request, response) => {
  console.log(`${request.body.event}, ${request.headers['countersign-verified']}`);
  response.json(request.body.event === 'ace' ? { action: { name: 'continue' } } : {});
});

const server = app.listen(process.env.PORT ?? 3000, '127.0.0.1', () => console.log(`on ${server.address().port}`));
