#include "service/catalogue/catalogue.h"

#include <algorithm>
#include <boost/locale/gnu_gettext.hpp>
#include <boost/locale/message.hpp>
#include <locale>
#include <string_view>
#include <vector>

#include "service/catalogue/catalogue_ja.h"

namespace kirikae::catalogue {
namespace {

// Every thread needs both languages at once, so the catalogue has a locale object of its own
// instead of the process's locale.
const std::locale& JapaneseLocale() {
  static const std::locale* const locale = [] {
    namespace gettext = boost::locale::gnu_gettext;
    gettext::messages_info info;
    info.language = "ja";
    info.encoding = "UTF-8";
    info.domains.emplace_back("kirikae");
    info.paths.emplace_back("");
    info.callback = [](const std::string&, const std::string&) {
      return std::vector<char>(std::begin(kCatalogueJa), std::end(kCatalogueJa));
    };
    return new std::locale(std::locale::classic(), gettext::create_messages_facet<char>(info));
  }();
  return *locale;
}

}  // namespace

std::string Japanese(const std::string& english) {
  if (english.empty()) return english;
  return boost::locale::translate(english).str(JapaneseLocale());
}

namespace {

// An argument that is a term of the catalogue, such as a state's name, is translated too, and a
// list that has nothing but terms.
std::string JapaneseArgument(const std::string& arg) {
  constexpr std::string_view kComma = ", ";
  std::string list;
  for (size_t begin = 0; begin <= arg.size();) {
    const size_t end = std::min(arg.find(kComma, begin), arg.size());
    const std::string piece = arg.substr(begin, end - begin);
    const std::string japanese = Japanese(piece);
    if (japanese == piece) return Japanese(arg);
    list += (begin == 0 ? "" : "、") + japanese;
    begin = end + kComma.size();
  }
  return list;
}

}  // namespace

std::string Japanese(const domain::Sentence& sentence) {
  std::vector<std::string> args;
  args.reserve(sentence.args.size());
  for (const std::string& arg : sentence.args) args.push_back(JapaneseArgument(arg));
  return domain::Fill(Japanese(sentence.format), args);
}

std::string InLanguage(const domain::Sentence& sentence, Language language) {
  return language == Language::kJapanese ? Japanese(sentence) : sentence.English();
}

std::string InLanguage(const std::string& english, Language language) {
  return language == Language::kJapanese ? Japanese(english) : english;
}

std::string InLanguage(const domain::TermSet& set, const domain::Term& term, Language language) {
  if (language == Language::kEnglish) return std::string(term.english);
  return boost::locale::translate(std::string(set.name), std::string(term.english))
      .str(JapaneseLocale());
}

}  // namespace kirikae::catalogue
