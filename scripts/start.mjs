import { build, installPackages } from './setup.mjs';

installPackages();
build();
const { serve } = await import('./serve.mjs');
const port = Number(process.env.PORT ?? 4173);
try {
  await serve(port);
  console.log(`Siftbook is at http://127.0.0.1:${port} (stop it with Ctrl-C).`);
} catch (error) {
  console.error(
    error.code === 'EADDRINUSE'
      ? `Port ${port} is taken: stop what uses it, or choose another with PORT=4174 npm start.`
      : error.message,
  );
  process.exit(1);
}
