export { texts as default } from '$lib/formats/messages';
