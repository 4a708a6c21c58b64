/** Entry of a worker for the whole set in the browser. */
import { serve, type Endpoint } from './rpc';
import { setHandlers, type SetApi } from './set-api';

serve<SetApi>(self as unknown as Endpoint, setHandlers);
