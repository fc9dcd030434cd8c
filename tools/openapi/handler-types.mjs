// What each route answers with, read from the types of the controllers' methods, so that no description can differ
// from the code: the return type, or the type of the body of `@Res() response: Response<Body>`.
import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import ts from 'typescript';
import { schemaOf } from './type-schema.mjs';

/**
 * @param {string} root of the repository
 * @returns {Map<string, { body: object | null, description: string }>} by folder and id of the operation:
 *   `services/portal/StatesController_list`, `libs/service-kit/HealthController_health`
 */
export function handlerTypes(root) {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.base.json'), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const files = controllerFiles(root);
  const program = ts.createProgram(files, options);
  const checker = program.getTypeChecker();
  const handlers = new Map();
  for (const file of files) {
    program.getSourceFile(file)?.forEachChild((node) => {
      if (!ts.isClassDeclaration(node) || !node.name) return;
      for (const member of node.members) {
        if (
          !ts.isMethodDeclaration(member) ||
          !ts.canHaveDecorators(member) ||
          !ts.getDecorators(member)?.length
        )
          continue;
        const description = ts.displayPartsToString(
          checker.getSymbolAtLocation(member.name)?.getDocumentationComment(checker),
        );
        const type = bodyType(checker, member);
        handlers.set(`${folderOf(root, file)}/${node.name.text}_${member.name.getText()}`, {
          body: type && schemaOf(checker, type),
          description: description.replace(/\s*\n\s*/g, ' ').trim(),
        });
      }
    });
  }
  return handlers;
}

const folderOf = (root, file) => relative(root, file).split(sep).slice(0, 2).join('/');

function controllerFiles(root) {
  const folders = ['libs/service-kit/src', 'libs/messaging/src', 'services'].map((folder) =>
    join(root, folder),
  );
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.controller.ts'))
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name)),
  );
}

function bodyType(checker, method) {
  const signature = checker.getSignatureFromDeclaration(method);
  const returned = checker.getAwaitedType(checker.getReturnTypeOfSignature(signature));
  if (returned && !(returned.flags & ts.TypeFlags.VoidLike)) return returned;
  for (const parameter of method.parameters) {
    const type = checker.getTypeAtLocation(parameter);
    if ((type.aliasSymbol ?? type.symbol)?.name !== 'Response') continue;
    const [body] = type.aliasTypeArguments ?? checker.getTypeArguments(type);
    if (body && !(body.flags & ts.TypeFlags.Any)) return body;
  }
  return null;
}
