export { defaultDtype, fit, offered, type Fit } from './fit';
export { folderModel, type Assumed, type FolderModel, type ModelFile } from './folder';
export { modelById, MODELS } from './list';
export { DTYPE_FILES, type Dtype, type ModelLanguage, type ModelSpec, type Pooling } from './types';
