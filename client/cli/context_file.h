// Where the service is and who calls, stored so that it need not be said with every command.
#pragma once

#include <string>
#include <vector>

namespace kirikae::cli {

/// One service and one caller.
struct Context {
  std::string name;
  std::string server;  ///< HOST:PORT or unix:PATH
  std::string token;   ///< "" = logged out, or a certificate stands for it
  std::string ca;      ///< files of an encrypted connection, "" = none; see TlsFiles
  std::string cert;
  std::string key;
};

struct Contexts {
  std::string current;  ///< name of the one in use; "" = none
  std::vector<Context> all;
};

/// `$XDG_CONFIG_HOME/kirikae/contexts.yaml`, or below `~/.config`; "" where no home is known.
std::string ContextFile();

/// What is stored; nothing where there is no file. Throws Failure: CONTEXT_FILE_OPEN_TO_OTHERS
/// where another account could read it, CONTEXT_FILE_UNREADABLE where it can't be read or is not
/// YAML of contexts. No message has a token.
Contexts ReadContexts();

/// Stores them: the whole file or nothing, readable by its owner only. Throws Failure
/// (FILE_UNWRITABLE).
void WriteContexts(const Contexts& contexts);

/// The context of this name; null where there is none.
Context* FindContext(Contexts& contexts, const std::string& name);

/// The context of this name, for "" the current one; null where nothing is asked for and none is
/// current. Throws Failure, CONTEXT_NOT_FOUND, where there is no such context.
const Context* ContextToUse(const Contexts& contexts, const std::string& name);

}  // namespace kirikae::cli
